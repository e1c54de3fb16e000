kubectl rollout undo deployment/web
# wait: 30s
