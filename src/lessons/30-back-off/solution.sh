kubectl set env deployment/mailer SENDER=shop@example.com
# wait: 60s
