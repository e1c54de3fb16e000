# Delete it once more, later.
echo 'RUN rm -f /srv/raw.txt' >> shop/Dockerfile
docker build -q -t shop:3 shop
# wait: 5s
