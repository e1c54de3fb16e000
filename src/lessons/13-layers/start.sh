# title: A stack of changes
# says: A workstation with Docker, one image that was built in four steps, and a container that runs it.
# settle: 30s
mkdir shop
cat > shop/Dockerfile <<'END'
FROM alpine:3.20
RUN seq 1 60000 > /srv/raw.txt
RUN wc -l < /srv/raw.txt > /srv/count.txt
CMD ["sleep", "9000"]
END
docker build -q -t shop:1 shop > /dev/null
# at: 20s
docker run -d --name one shop:1 > /dev/null
