kubectl set resources deployment free --requests=cpu=100m
# wait: 110s
