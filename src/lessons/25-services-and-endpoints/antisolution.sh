kubectl rollout restart deployment web
# wait: 40s
