kubectl delete deployment mailer
