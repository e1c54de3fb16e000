# title: A rollout under way
# says: Version 1.26 serves customers while 1.27 takes its place, one pod at a time.
# settle: 92s
lab cluster up --nodes 3 --zones 2
# at: 30s
cat > web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 4
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
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
        image: nginx:1.26
        ports:
        - containerPort: 80
        readinessProbe:
          httpGet:
            path: /
            port: 80
          initialDelaySeconds: 5
          periodSeconds: 5
        resources:
          requests:
            cpu: 250m
            memory: 128Mi
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
lab traffic start customers --to service/web --rate 80
# at: 85s
sed -i s/nginx:1.26/nginx:1.27/ web.yaml
kubectl apply -f web.yaml
