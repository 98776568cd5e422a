# One small instance, no scaling; each push to develop releases.
account       = "111111111111"
region        = "eu-central-1"
environment   = "dev"
endpoint_name = "churn-dev"
repository    = "acme/churn"
ml_deploy_ref = "v1.0.0"
branches      = ["develop"]
tags          = { Team = "ml" }

bootstrap = {
  image          = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/serving-base:1"
  model_data_url = "s3://acme-models-dev/first/model.tar.gz"
  instance_type  = "ml.t2.medium"
}
