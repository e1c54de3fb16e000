# title: The first five seconds
# says: A small shop on two nodes; soon one of its pods is gone.
# seed: 7
# settle: 70s
lab cluster up --nodes 2 --zones 2
# at: 25s
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
      terminationGracePeriodSeconds: 2
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
        readinessProbe:
          httpGet:
            path: /
            port: 80
          initialDelaySeconds: 2
          periodSeconds: 1
        resources:
          requests:
            cpu: 400m
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
# at: 50s
lab traffic start clients --to service/web --rate 60
