# Two images from one file: `local` runs the demo world, `production` (the default) what base.py describes.
FROM python:3.13-slim AS libraries
COPY requirements/production.txt /requirements/
RUN python -m venv /opt/jalon \
    && /opt/jalon/bin/pip install --no-cache-dir --require-hashes -r /requirements/production.txt

FROM python:3.13-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 PATH=/opt/jalon/bin:$PATH PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
WORKDIR /app
RUN useradd --create-home --uid 10001 jalon \
    && mkdir -p /app/.local /app/media /app/private /app/staticfiles \
    && chown -R jalon /app
COPY --from=libraries /opt/jalon /opt/jalon
COPY --chown=jalon . .
RUN python -m marketplace.local.messages compile
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py"]

FROM base AS local
COPY requirements/development.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/development.txt
USER jalon
ENV DJANGO_SETTINGS_MODULE=marketplace.settings.local
CMD ["sh", "-c", "mkdir -p $PROMETHEUS_MULTIPROC_DIR && exec gunicorn marketplace.wsgi:application --bind 0.0.0.0:8000 --worker-class gthread --workers 2 --threads 4"]

FROM base AS production
USER jalon
ENV DJANGO_SETTINGS_MODULE=marketplace.settings.base
RUN SECRET_KEY=build SEALING_KEYS=bG9jYWwgb25seTogbm90IGEgc2VjcmV0IGF0IGFsbCE= SITE_URL=http://build DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput
CMD ["sh", "-c", "mkdir -p $PROMETHEUS_MULTIPROC_DIR && exec gunicorn marketplace.wsgi:application --bind 0.0.0.0:8000 --worker-class gthread --workers 4 --threads 4 --max-requests 5000 --max-requests-jitter 500 --graceful-timeout 30"]
