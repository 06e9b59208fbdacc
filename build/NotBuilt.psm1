# What the manifest at the top of the repository loads: the module itself is built from it.
throw 'This folder holds the source. Run "dotnet build" in it, then: Import-Module ./out/PartnerCenterSR'
