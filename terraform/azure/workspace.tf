# The artifact store: archives, references and release records. Nothing in it expires.
resource "azurerm_storage_account" "store" {
  # checkov:skip=CKV_AZURE_59:public_network_access = false closes it. Runners of GitHub are in the internet.
  # checkov:skip=CKV_AZURE_206:Copies in three zones of one region: endpoints read archives in their own region.
  # checkov:skip=CKV_AZURE_33:Nothing writes to queues, so there is nothing to log.
  # checkov:skip=CKV2_AZURE_1:A key of your own is a choice of the team: add azurerm_storage_account_customer_managed_key.
  # checkov:skip=CKV2_AZURE_33:A private endpoint belongs to your network.
  # checkov:skip=CKV2_AZURE_40:Azure ML still asks for the account's key where it makes a workspace; jobs use identities.
  # checkov:skip=CKV2_AZURE_41:No SAS token is ever made.
  name                            = "${var.short_name}${var.environment}"
  resource_group_name             = azurerm_resource_group.this.name
  location                        = var.location
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  min_tls_version                 = "TLS1_2"
  https_traffic_only_enabled      = true
  allow_nested_items_to_be_public = false
  public_network_access_enabled   = var.public_network_access
  tags                            = local.tags

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 30
    }

    container_delete_retention_policy {
      days = 30
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_container" "store" {
  # checkov:skip=CKV2_AZURE_21:Diagnostic settings of the account go to a workspace that a team shares.
  name                  = "models"
  storage_account_id    = azurerm_storage_account.store.id
  container_access_type = "private"
}

resource "azurerm_container_registry" "serving" {
  # checkov:skip=CKV_AZURE_139:public_network_access = false closes it. Runners of GitHub are in the internet.
  # checkov:skip=CKV_AZURE_164:Images are deployed by digest, which the release record holds.
  # checkov:skip=CKV_AZURE_165:Endpoints pull in their own region.
  # checkov:skip=CKV_AZURE_166:Quarantine needs a scanner that releases images again.
  # checkov:skip=CKV_AZURE_167:Untagged images may be what a digest in a release record means.
  # checkov:skip=CKV_AZURE_233:Zone redundancy is a choice of price: sku Premium has it on in regions with zones.
  # checkov:skip=CKV_AZURE_237:Dedicated data endpoints are for networks with a firewall of their own.
  name                          = "${var.short_name}${var.environment}"
  resource_group_name           = azurerm_resource_group.this.name
  location                      = var.location
  sku                           = "Premium"
  admin_enabled                 = false
  anonymous_pull_enabled        = false
  public_network_access_enabled = var.public_network_access
  tags                          = local.tags
}

resource "azurerm_key_vault" "workspace" {
  # checkov:skip=CKV_AZURE_109:public_network_access = false closes it. Azure ML makes its secrets here.
  # checkov:skip=CKV_AZURE_189:public_network_access = false closes it.
  # checkov:skip=CKV2_AZURE_32:A private endpoint belongs to your network.
  name                          = "${var.short_name}${var.environment}"
  resource_group_name           = azurerm_resource_group.this.name
  location                      = var.location
  tenant_id                     = var.tenant_id
  sku_name                      = "standard"
  purge_protection_enabled      = true
  soft_delete_retention_days    = 90
  rbac_authorization_enabled    = true
  public_network_access_enabled = var.public_network_access
  tags                          = local.tags
}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  sku                 = "PerGB2018"
  retention_in_days   = var.log_retention_days
  tags                = local.tags
}

resource "azurerm_application_insights" "this" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  workspace_id        = azurerm_log_analytics_workspace.logs.id
  application_type    = "web"
  tags                = local.tags
}

resource "azurerm_machine_learning_workspace" "this" {
  # checkov:skip=CKV_AZURE_144:public_network_access = false closes it. Runners of GitHub are in the internet.
  # checkov:skip=CKV2_AZURE_49:A managed network belongs to your network plan.
  # checkov:skip=CKV2_AZURE_50:The storage account is closed by public_network_access = false.
  name                          = local.name
  resource_group_name           = azurerm_resource_group.this.name
  location                      = var.location
  application_insights_id       = azurerm_application_insights.this.id
  container_registry_id         = azurerm_container_registry.serving.id
  key_vault_id                  = azurerm_key_vault.workspace.id
  storage_account_id            = azurerm_storage_account.store.id
  public_network_access_enabled = var.public_network_access
  tags                          = local.tags

  identity {
    type = "SystemAssigned"
  }
}
