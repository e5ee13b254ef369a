# Two images from one file: `local` runs the demo world, `production` (the default) what base.py describes.
FROM python:3.13-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN useradd --create-home --uid 10001 jalon \
    && mkdir -p /app/.local /app/media /app/private /app/staticfiles \
    && chown -R jalon /app
COPY requirements/production.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/production.txt
COPY --chown=jalon . .
RUN python -m marketplace.local.messages compile

FROM base AS local
RUN pip install --no-cache-dir --require-hashes -r requirements/development.txt
USER jalon
ENV DJANGO_SETTINGS_MODULE=marketplace.settings.local
EXPOSE 8000
CMD ["gunicorn", "marketplace.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]

FROM base AS production
USER jalon
ENV DJANGO_SETTINGS_MODULE=marketplace.settings.base
RUN SECRET_KEY=build SEALING_KEYS=bG9jYWwgb25seTogbm90IGEgc2VjcmV0IGF0IGFsbCE= SITE_URL=http://build DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput
EXPOSE 8000
CMD ["gunicorn", "marketplace.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "4", "--threads", "4"]
