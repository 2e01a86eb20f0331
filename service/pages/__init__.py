"""Pages: what people see and do in the browser. One file per subject; docs/pages.md tells how to build one."""
