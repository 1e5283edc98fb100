// The legend of charts with more series than can be labelled in place.
import { LegendComponent } from 'echarts/components';
import { use } from 'echarts/core';

use([LegendComponent]);
