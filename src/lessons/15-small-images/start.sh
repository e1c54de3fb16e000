# title: A workshop in a box
# says: A program that is built with a large toolbox, and shipped with the toolbox still inside.
# settle: 40s
mkdir shop
cat > shop/Dockerfile <<'END'
FROM golang:1.24
WORKDIR /src
COPY . .
RUN wc -l main.go > /result.txt
CMD ["sleep", "9000"]
END
echo 'package main' > shop/main.go
docker pull -q alpine:3.20 > /dev/null
docker build -q -t shop:1 shop > /dev/null
