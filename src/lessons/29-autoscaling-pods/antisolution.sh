kubectl scale deployment free --replicas=3
# wait: 60s
