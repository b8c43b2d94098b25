# The image of production: the same one runs the web server, the worker, the clock and the migrations.

# --- Stylesheets and scripts ------------------------------------------------------------------------
FROM node:22-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

# --- Python packages --------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm AS packages
WORKDIR /app
COPY deploy/uv.txt deploy/
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: --requirement deploy/uv.txt
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-cache

# --- The product ------------------------------------------------------------------------------------
FROM packages AS product
ENV PATH=/app/.venv/bin:$PATH PRODUCTION=true VAR_DIR=/var/lib/loket
COPY --from=assets /app/node_modules node_modules
COPY . .
# The Dutch texts compiled, and the static files with their checksums in the name; the values open nothing.
RUN python -m scripts.compile_texts locale/*/LC_MESSAGES/*.po \
    && SECRET_KEY=build DATABASE_URL=postgres://build/build REDIS_URL=redis://build EMAIL_HOST=build ALLOWED_HOSTS=build \
       python manage.py collectstatic --no-input

# --- What runs ---------------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin loket \
    && install --directory --owner=loket /var/lib/loket /var/lib/loket/documents /var/lib/loket/clock \
       /var/lib/loket/learnt
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PRODUCTION=true \
    VAR_DIR=/var/lib/loket
COPY --from=product /app /app
COPY --from=product /var/lib/loket/static /var/lib/loket/static
USER loket
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn_conf.py"]
