kubectl rollout undo deployment/web --to-revision=1
# wait: 30s
