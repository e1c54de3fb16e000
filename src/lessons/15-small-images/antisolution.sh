echo 'RUN rm -rf /usr/local/go /src' >> shop/Dockerfile
docker build -q -t shop:4 shop
docker run -d --name shop shop:4
# wait: 6s
