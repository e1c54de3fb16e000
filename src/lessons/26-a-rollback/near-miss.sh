kubectl delete deployment web
