printf 'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN wc -l main.go > /result.txt\nFROM alpine:3.20\nCOPY --from=build /result.txt /result.txt\nCMD ["sleep", "9000"]\n' > shop/Dockerfile
docker build -q -t shop:4 shop
docker run -d --name shop shop:4
# wait: 6s
