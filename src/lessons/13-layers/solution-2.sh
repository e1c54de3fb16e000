cat > shop/Dockerfile <<'END'
FROM alpine:3.20 AS raw
RUN seq 1 60000 > /srv/raw.txt
RUN wc -l < /srv/raw.txt > /srv/count.txt
FROM alpine:3.20
COPY --from=raw /srv/count.txt /srv/count.txt
CMD ["sleep", "9000"]
END
docker build -t shop:3 shop
# wait: 5s
