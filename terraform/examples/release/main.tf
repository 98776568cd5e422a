# The endpoint as Terraform releases it (target: terraform of deploy-endpoint). ml-deploy.auto.tfvars.json is written by
# deploy-endpoint; do not commit it.
terraform {
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  backend "s3" {}
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "account" {
  description = "The AWS account. Any other is refused."
  type        = string
}

variable "ml_deploy" {
  description = "Of ml-deploy.auto.tfvars.json: its type is that of the module."
  type        = any
}

variable "ml_deploy_environment" {
  description = "The container's variables. deploy-endpoint gives them beside the file."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "autoscaling" {
  description = "Scaling of the endpoint; none where it is null."
  type = object({
    min_capacity             = number
    max_capacity             = number
    invocations_per_instance = number
  })
  default = null
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account]

  # What ml-deploy notes on endpoints, configs and models is its own.
  ignore_tags {
    key_prefixes = ["ml-deploy:"]
  }
}

module "release" {
  # From elsewhere: source = "git::https://github.com/org/ml-deploy//terraform/release?ref=v1"
  source = "../../release"

  ml_deploy   = var.ml_deploy
  environment = var.ml_deploy_environment
  autoscaling = var.autoscaling
}

output "serving" {
  description = "The version that serves, as Terraform knows it."
  value       = module.release.serving
}
