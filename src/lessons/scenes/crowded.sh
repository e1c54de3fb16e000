# title: No room
# says: One pod finds no node: two are too full, and the third keeps a taint that it does not tolerate.
# settle: 80s
lab cluster up --nodes 2 --zones 2
lab node add node-a2 --zone eu-west-1a --taint dedicated=batch:NoSchedule
# at: 30s
cat > web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 5
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 800m
            memory: 256Mi
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
  - port: 80
YAML
kubectl apply -f web.yaml
# at: 60s
lab traffic start customers --to service/web --rate 60
