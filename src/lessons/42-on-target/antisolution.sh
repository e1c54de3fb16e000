lab traffic rate customers 100
# wait: 600s
