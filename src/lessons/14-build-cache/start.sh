# title: A build that takes its time
# says: A small program, whose image was built once and is about to be built often.
# settle: 40s
mkdir shop
cat > shop/Dockerfile <<'END'
FROM alpine:3.20
WORKDIR /app
COPY . .
RUN cat libraries.txt > installed.txt
RUN wc -l main.txt > checked.txt
END
echo web-framework > shop/libraries.txt
echo 'say hello' > shop/main.txt
docker build -q -t shop:1 shop > /dev/null
