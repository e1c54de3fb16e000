printf 'FROM alpine:3.20\nRUN seq 1 60000 > /srv/raw.txt && wc -l < /srv/raw.txt > /srv/count.txt && rm /srv/raw.txt\n' > shop/Dockerfile
docker build -q -t shop:3 shop
# wait: 5s
