kubectl set resources deployment report --limits=cpu=1500m
# wait: 20s
