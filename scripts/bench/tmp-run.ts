// usage: conf share variant cpuLimit
