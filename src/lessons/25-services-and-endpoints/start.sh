# title: A name in front of three pods
# says: Three pods behind a Service; each says that it is busy when a file lies in it.
# settle: 75s
lab cluster up --nodes 3
# at: 30s
cat > web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
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
        readinessProbe:
          exec:
            command: [test, '!', -e, /tmp/busy]
          periodSeconds: 2
          failureThreshold: 2
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
lab traffic start customers --to service/web --rate 40
