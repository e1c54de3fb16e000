kubectl delete deployment free
