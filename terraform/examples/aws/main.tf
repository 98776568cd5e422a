# One root for each account or environment: the same files, with a state, a role and a tfvars file of its own.
#   terraform init -backend-config=prod.s3.tfbackend && terraform apply -var-file=prod.tfvars
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

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account]

  # What ml-deploy notes on endpoints, configs and models is its own. All other tags stay Terraform's.
  ignore_tags {
    key_prefixes = ["ml-deploy:"]
  }
}

module "ml_deploy" {
  # From elsewhere: source = "git::https://github.com/org/ml-deploy//terraform/aws?ref=v1"
  source = "../../aws"

  environment         = var.environment
  endpoint_name       = var.endpoint_name
  repository          = var.repository
  repository_ids      = var.repository_ids
  branches            = var.branches
  github_environments = var.github_environments
  ml_deploy_ref       = var.ml_deploy_ref
  job_workflow_refs   = var.job_workflow_refs
  oidc_provider_arn   = var.oidc_provider_arn
  alarm_emails        = var.alarm_emails
  bootstrap           = var.bootstrap
  autoscaling         = var.autoscaling
  tags                = var.tags
}

output "ml_deploy_yml" {
  description = "For ml-deploy.yml: terraform output -raw ml_deploy_yml"
  value       = module.ml_deploy.ml_deploy_yml
}

output "alarm_names" {
  description = "For `alarms` in ml-deploy.yml."
  value       = module.ml_deploy.alarm_names
}
