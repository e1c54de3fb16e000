kubectl create configmap mail --from-literal=SENDER=post@example.com
kubectl set env deployment/mailer --from=configmap/mail
# wait: 60s
