output "ml_deploy_yml" {
  description = "The environment's block of ml-deploy.yml: terraform output -raw ml_deploy_yml"
  value = yamlencode({
    environments = {
      (var.environment) = merge(
        {
          target                = "azure-ml"
          endpoint-name         = var.endpoint_name
          azure-client-id       = azurerm_user_assigned_identity.job["release"].client_id
          azure-tenant-id       = var.tenant_id
          azure-subscription-id = var.subscription_id
          run-as                = azurerm_user_assigned_identity.serving.id
          destination           = "${azurerm_storage_account.store.primary_blob_endpoint}${azurerm_storage_container.store.name}/${var.endpoint_name}"
          repository            = "${azurerm_container_registry.serving.login_server}/${var.endpoint_name}"
        },
        length(var.branches) == 1 ? { branch = var.branches[0] } : {},
      )
    }
  })
}

output "client_ids" {
  description = "The identities by what a job does: plan, release, smoke."
  value       = { for job, identity in azurerm_user_assigned_identity.job : job => identity.client_id }
}

output "workspace" {
  description = "The Azure ML workspace."
  value       = azurerm_machine_learning_workspace.this.name
}
