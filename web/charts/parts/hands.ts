// What a pointer over a chart brings: the values under it, and stretches to drag over.
import { BrushComponent, TooltipComponent } from 'echarts/components';
import { use } from 'echarts/core';

use([BrushComponent, TooltipComponent]);
