kubectl delete pod -l app=mailer
# wait: 60s
