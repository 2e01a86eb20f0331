"""The real parts that tests of every room may ask for; none is started before a test does."""

pytest_plugins = ["tests.postgres", "tests.temporal", "tests.office", "tests.shell", "tests.pages", "tests.chromium"]
