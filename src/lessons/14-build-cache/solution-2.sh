cat > shop/Dockerfile <<'END'
FROM alpine:3.20 AS libraries
COPY libraries.txt .
RUN cat libraries.txt > installed.txt
FROM alpine:3.20
WORKDIR /app
COPY main.txt ./
COPY --from=libraries /installed.txt ./
END
docker build -t shop:5 shop
# wait: 6s
