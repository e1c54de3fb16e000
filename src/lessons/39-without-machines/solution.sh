sh size.sh report 512 3072
sh fargate.sh report
