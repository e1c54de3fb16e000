cat > shop/Dockerfile <<'END'
FROM busybox:1.36 AS ship
FROM golang:1.24
COPY main.go .
RUN wc -l main.go > /made.txt
FROM ship
COPY --from=1 /made.txt /result.txt
END
docker build -t shop:4 shop
docker run -d --name shop shop:4 sleep 9000
# wait: 6s
