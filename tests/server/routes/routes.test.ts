// Every route by injection on a real embedded store with the made-up town in it.
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
