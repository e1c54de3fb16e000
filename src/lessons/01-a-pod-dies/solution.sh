kubectl scale deployment web --replicas=5
