sh size.sh report 1024 4096
sh fargate.sh report
