# One image for everything of ours but Rasa (nlu_data/Dockerfile). Build from the repository's root.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv
WORKDIR /src
COPY requirements/app.txt requirements/app.txt
RUN uv venv /opt/comeback \
 && uv pip sync --require-hashes --compile-bytecode --python /opt/comeback requirements/app.txt
COPY pyproject.toml README.md LICENSE ./
COPY advisor advisor
COPY bot bot
COPY console console
COPY comeback comeback
RUN uv pip install --no-deps --compile-bytecode --python /opt/comeback .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/comeback comeback
COPY --from=build /opt/comeback /opt/comeback
ENV PATH=/opt/comeback/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    COMEBACK_DATA=/var/lib/comeback \
    COMEBACK_HOST=0.0.0.0
USER comeback
WORKDIR /var/lib/comeback
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:%s/health' % os.environ.get('COMEBACK_PORT', '8080'), timeout=4)"]
ENTRYPOINT ["comeback"]
CMD ["serve"]
