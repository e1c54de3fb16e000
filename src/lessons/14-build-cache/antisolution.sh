# Put the COPY of everything first, as it was, and swap only the RUN steps.
printf 'FROM alpine:3.20\nWORKDIR /app\nCOPY . .\nRUN wc -l main.txt > checked.txt\nRUN cat libraries.txt > installed.txt\n' > shop/Dockerfile
docker build -q -t shop:5 shop
# wait: 6s
