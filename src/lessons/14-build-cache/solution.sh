printf 'FROM alpine:3.20\nWORKDIR /app\nCOPY libraries.txt ./\nRUN cat libraries.txt > installed.txt\nCOPY . .\nRUN wc -l main.txt > checked.txt\n' > shop/Dockerfile
docker build -q -t shop:5 shop
# wait: 6s
