kubectl scale deployment web --replicas=6
# wait: 40s
