# One image for every process of Startloket: `startloket api`, `worker`, `migrate`, `doctor` ….
# Versions and hashes come from requirements/; no part that only development needs is in it.

FROM node:24.19.0-trixie-slim AS design
WORKDIR /design
COPY package.json package-lock.json .npmrc ./
RUN npm ci --silent

FROM python:3.11.15-slim-trixie AS wheel
WORKDIR /source
COPY requirements/development.txt requirements/
RUN awk '/^setuptools==/,!/\\$/' requirements/development.txt > /tmp/setuptools.txt \
    && pip install --no-cache-dir --no-deps --require-hashes --requirement /tmp/setuptools.txt
COPY LICENCE pyproject.toml package-lock.json ./
COPY domain domain
COPY storage storage
COPY workflows workflows
COPY activities activities
COPY service service
COPY --from=design /design/node_modules node_modules
RUN python -m service.look && rm -r node_modules
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:3.11.15-slim-trixie
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin startloket
RUN --mount=type=bind,source=requirements/production.txt,target=/tmp/production.txt \
    pip install --no-cache-dir --require-hashes --requirement /tmp/production.txt
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-deps --no-index /wheels/*.whl
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /tmp
USER startloket
ENTRYPOINT ["startloket"]
CMD ["--help"]
