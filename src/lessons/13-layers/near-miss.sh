echo 'RUN rm -rf /srv/raw.txt /tmp/x' >> shop/Dockerfile
docker build -q -t shop:3 shop
# wait: 5s
