# Two to ten instances; main releases, after two people have approved.
account             = "333333333333"
region              = "eu-central-1"
environment         = "prod"
endpoint_name       = "churn"
repository          = "acme/churn"
ml_deploy_ref       = "v1.0.0"
branches            = ["main"]
github_environments = ["production"]
alarm_emails        = ["ml-on-call@example.com"]
tags                = { Team = "ml" }

bootstrap = {
  image          = "333333333333.dkr.ecr.eu-central-1.amazonaws.com/serving-base:1"
  model_data_url = "s3://acme-models-prod/first/model.tar.gz"
  instance_type  = "ml.m5.xlarge"
  instance_count = 2
}

autoscaling = {
  min_capacity             = 2
  max_capacity             = 10
  invocations_per_instance = 1000
}
